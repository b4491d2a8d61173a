"""Who meets whom, when: the meetings worth holding, their timetable, and whether it obeys every rule."""
